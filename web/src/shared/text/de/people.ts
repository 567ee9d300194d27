export const who = {
  label: 'Für wen ist der Termin?',
  me: (name: string) => `Für mich, ${name}`,
  other: 'Für jemand anderen …',
  visitFor: (name: string) => `Für ${name}`,
  notFound: 'Diese Person steht nicht mehr in Ihrer Liste. Bitte wählen Sie noch einmal, für wen der Termin ist.',
  failed: 'Wir konnten nicht laden, für wen Sie buchen können. Vorerst ist der Termin für Sie selbst.',
}
export const adding = {
  title: 'Für wen?',
  lead: 'Sie buchen, bezahlen und bekommen die Nachrichten. Die Praxis sieht diesen Namen.',
  name: 'Name',
  nameMissing: 'Bitte geben Sie den Namen ein.',
  born: 'Geburtsdatum',
  bornMissing: 'Bitte wählen Sie das Geburtsdatum.',
  relation: 'Wer ist das für Sie?',
  relations: { child: 'Mein Kind', parent: 'Meine Mutter oder mein Vater', partner: 'Meine Partnerin oder mein Partner', sibling: 'Meine Schwester oder mein Bruder', other: 'Jemand anderes, um den ich mich kümmere' },
  keep: 'Jetzt nicht',
  save: 'Hinzufügen und wählen',
}
