export const signIn = {
  title: 'Anmelden',
  lead: 'Um Termine zu buchen, zu bezahlen und wahrzunehmen.',
  google: 'Weiter mit Google',
  googleSimulated: 'Google ist hier nachgestellt: Geben Sie eine beliebige E-Mail-Adresse und einen Namen ein, ein Passwort brauchen Sie nicht.',
  newHere: 'Neu hier? Dieselbe Schaltfläche legt Ihr Konto an.',
  forDoctors: 'Sind Sie Ärztin oder Arzt?',
  doctorsHere: 'Als Ärztin oder Arzt anmelden',
  failed: {
    refused: 'Google hat Sie nicht angemeldet. Es wurde nichts geändert. Bitte versuchen Sie es noch einmal.',
    cancelled: 'Sie haben abgebrochen, bevor Sie angemeldet waren. Es wurde nichts geändert. Gehen Sie weiter mit Google, sobald Sie möchten.',
    expired: 'Das hat zu lange gedauert oder wurde in einem anderen Browser begonnen. Bitte versuchen Sie es noch einmal.',
    unavailable: 'Google antwortet gerade nicht. Bitte versuchen Sie es gleich noch einmal.',
  } as Record<string, string>,
}
export const staff = {
  title: 'Als Ärztin oder Arzt anmelden',
  lead: 'Ihr Terminplan und Ihre Sprechzeiten.',
  email: 'E-Mail-Adresse',
  password: 'Passwort',
  submit: 'Anmelden',
  patients: 'Sind Sie Patientin oder Patient?',
  patientsHere: 'Hier anmelden',
  register: 'Neu hier? Als Ärztin oder Arzt registrieren',
  emailMissing: 'Bitte geben Sie Ihre E-Mail-Adresse ein.',
  passwordMissing: 'Bitte geben Sie Ihr Passwort ein.',
}
export const signedIn = {
  title: 'Sie sind angemeldet',
  text: 'Sie können diesen Tab schließen und dort weitermachen, wo Sie waren: Der andere Tab weiß schon Bescheid.',
  here: 'Stattdessen hier weitermachen',
}
export const welcome = {
  title: (name: string) => `Willkommen, ${name}`,
  lead: 'Noch zwei Angaben, dann sind Sie fertig.',
  submit: 'Speichern und weiter',
}
export const phone = 'Telefonnummer'
export const phoneHint = 'Damit Ihre Praxis Sie erreicht, wenn das Video ausfällt. Mit Landesvorwahl, zum Beispiel +49 30 5550142.'
export const phoneMissing = 'Bitte geben Sie Ihre Telefonnummer ein.'
export const zone = 'Ihre Zeitzone'
export const zoneHint = 'Alle Zeiten werden darin angezeigt.'
export const zoneDetected = (place: string) => `Wir nehmen an, dass Sie in der Zeitzone von ${place} sind.`
export const you = {
  title: 'Ihr Konto',
  name: 'Name',
  email: 'E-Mail-Adresse',
  emailHint: 'Aus Ihrem Google-Konto.',
  save: 'Speichern',
  saved: 'Gespeichert.',
  signOut: 'Abmelden',
  signOutFailed: 'Wir konnten Openhours nicht erreichen. Sie sind deshalb noch angemeldet. Bitte versuchen Sie es noch einmal.',
  zoneDiffers: (browser: string) => `Dieses Gerät ist auf die Zeit von ${browser} eingestellt.`,
  useBrowserZone: (browser: string) => `Zeit von ${browser} verwenden`,
}
