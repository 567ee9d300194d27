/** Was hinter den Links am Fuß jeder Seite steht. */
export const help = {
  title: 'Hilfe',
  lead: 'Das Wenige, wonach am häufigsten gefragt wird.',
  parts: [
    { title: 'Einen Termin buchen', text: 'Wählen Sie eine Praxis, einen Tag und eine Zeit. Wir halten Ihnen diese Zeit frei, während Sie bezahlen. Vorher ist nichts gebucht, und der ganze Preis mit Steuer steht neben der Schaltfläche.' },
    { title: 'An einem Termin teilnehmen', text: 'Öffnen Sie den Termin unter „Termine“. Kurz vor Beginn steht dort die Schaltfläche zum Teilnehmen. Wird Ihr Link noch vorbereitet, schicken wir ihn per E-Mail.' },
    { title: 'Verschieben oder absagen', text: 'Öffnen Sie den Termin unter „Termine“. Bevor Sie bestätigen, sehen Sie, was Sie zurückbekommen.' },
    { title: 'Anmelden', text: 'Patienten melden sich mit Google an. Ärztinnen und Ärzte melden sich mit E-Mail und Passwort an und können ein neues wählen, wenn sie es vergessen haben.' },
    { title: 'Im Notfall', text: 'Hier kann niemand sofort helfen. Bitte wählen Sie die Notrufnummer Ihres Landes.' },
  ],
  ways: { find: 'Arzt finden', forgotten: 'Passwort vergessen', report: 'Ein Problem melden' },
}
export const accessibility = {
  title: 'Barrierefreiheit',
  lead: 'Alle sollen allein zurechtkommen, gleich was sie sehen, hören oder in der Hand halten.',
  parts: [
    { title: 'Worauf Sie sich verlassen können', text: 'Alle Seiten lassen sich allein mit der Tastatur bedienen und benennen ihre Teile für Vorleseprogramme. Die Farben haben starken Kontrast, hell und dunkel, und nichts wird nur durch Farbe gesagt. Der Text lässt sich doppelt so groß stellen. Nichts bewegt sich, wenn Ihr Gerät darum bittet.' },
    { title: 'Was noch nicht so ist, wie es sein soll', text: 'In der Woche einer Praxis sind die Felder kleiner als ein Finger; die Liste darunter wiederholt sie in voller Größe. Die Seite, auf der Sie mit Karte bezahlen, und das Videogespräch gehören anderen, und wir können sie nicht ändern.' },
    { title: 'Woher wir das wissen', text: 'Unsere Tests buchen einen Termin allein mit der Tastatur, lesen ihn so, wie ein Vorleseprogramm es tut, und prüfen Seiten maschinell. Von außen hat sie noch niemand beurteilt.' },
    { title: 'Sagen Sie es uns', text: 'Wenn Ihnen etwas im Weg ist, sagen Sie es uns bitte. Nennen Sie die Seite und womit Sie arbeiten. Dafür melden Sie sich zuerst an; wenn gerade das nicht gelingt, sagen Sie es bitte der Klinik, deren Name auf Ihren Belegen steht.' },
  ],
  ways: { report: 'Ein Problem melden' },
}
export const privacy = {
  title: 'Datenschutz',
  lead: 'Was hier über Sie gespeichert ist, und wer es liest.',
  parts: [
    { title: 'Was gespeichert ist', text: 'Ihr Name, Ihre E-Mail-Adresse, Telefonnummer, Zeitzone und Ihr Bild, Ihre Termine und Zahlungen, worauf Sie warten, was Ärzte Ihnen verschreiben, und was Sie selbst schreiben: warum Sie kommen, was Ärzte über Ihre Gesundheit wissen sollen, die Menschen, für die Sie buchen, Bewertungen und gemeldete Probleme.' },
    { title: 'Wer es liest', text: 'Ärztinnen und Ärzte lesen, warum Sie zu ihnen kommen. Ihre Angaben zur Gesundheit lesen sie nur, wenn ein Termin bei ihnen gebucht ist oder stattgefunden hat, und jedes Lesen dieser Angaben wird festgehalten. Die Verwaltung sieht Termine, Zahlungen und gemeldete Probleme, und nichts Medizinisches.' },
    { title: 'Was andere bekommen', text: 'Die Nummer Ihrer Karte geht an den Zahlungspartner und nie an uns. Kalender und E-Mails sagen, wann Sie einen Termin haben, und nie, warum.' },
    { title: 'Auf Ihrem Gerät', text: 'Ein Cookie, das Sie angemeldet hält, und ein weiteres, während Sie sich mit Google anmelden; Ihre Wahl von Sprache und Farben; und dass unsere Schriften schon geladen sind. Es gibt keine Werbung, und niemand verfolgt, was Sie hier tun.' },
    { title: 'Was Sie entscheiden', text: 'Sie können alles mitnehmen, was über Sie gespeichert ist, und Ihr Konto schließen. Dann wird gelöscht, was sagt, wer Sie sind; Zahlungen bleiben ohne Ihren Namen.' },
    { title: 'Wer verantwortlich ist', text: 'Die Klinik, deren Name auf Ihren Belegen steht. Bitte fragen Sie dort, was hier nicht beantwortet ist.' },
  ],
  ways: { data: 'Ihre Daten' },
}
