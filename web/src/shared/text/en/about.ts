/** What stands behind the links at the foot of every page. */
export const help = {
  title: 'Help',
  lead: 'The few things that people ask most.',
  parts: [
    { title: 'Book a visit', text: 'Choose a doctor, a day and a time. We keep that time for you while you pay. Nothing is booked before, and the whole price, tax included, stands beside the button.' },
    { title: 'Join a visit', text: 'Open the visit under Appointments. The button to join is there shortly before the visit begins. If your link is still being prepared, we e-mail it to you.' },
    { title: 'Move or cancel', text: 'Open the visit under Appointments. Before you confirm, you see what you get back.' },
    { title: 'Sign in', text: 'Patients sign in with Google. Doctors sign in with their e-mail and a password, and can choose a new one if they forgot it.' },
    { title: 'In an emergency', text: 'Nobody here can help at once. Please call the emergency number of your country.' },
  ],
  ways: { find: 'Find a doctor', forgotten: 'Forgot the password', report: 'Report a problem' },
}
export const accessibility = {
  title: 'Accessibility',
  lead: 'Everybody should get through alone, whatever they see, hear or hold in their hand.',
  parts: [
    { title: 'What you can count on', text: 'All pages work with a keyboard alone and name their parts for screen readers. Colours have strong contrast, light and dark, and nothing is told by colour alone. Text can be made twice as large. Nothing moves if your device asks for that.' },
    { title: 'What is not as it should be', text: 'In a doctor’s week the blocks are smaller than a finger; the list below repeats them in full size. The page on which you pay by card and the video call belong to others, and we cannot change them.' },
    { title: 'How we know', text: 'Our tests book a visit by keyboard alone and read it as a screen reader does, and check pages by machine. Nobody outside has judged them yet.' },
    { title: 'Tell us', text: 'If something is in your way, please tell us. Say which page it was, and what you use. You sign in first; if that is what you cannot do, please tell the clinic whose name stands on your receipts.' },
  ],
  ways: { report: 'Report a problem' },
}
export const privacy = {
  title: 'Privacy',
  lead: 'What is kept of you here, and who reads it.',
  parts: [
    { title: 'What is kept', text: 'Your name, e-mail, phone, time zone and picture, your visits and payments, what you wait for, what doctors prescribe, and what you write yourself: why you come, what doctors should know of your health, the people for whom you book, feedback, and reports of problems.' },
    { title: 'Who reads it', text: 'Doctors read why you come to them. Your health details they read only if a visit with them is booked or took place, and each reading of these is on record. Administrators see visits, payments and reports of problems, and nothing medical.' },
    { title: 'What others get', text: 'Your card’s number goes to the payment partner and never to us. Calendars and e-mails say when you have a visit, and never why.' },
    { title: 'On your device', text: 'A cookie that keeps you signed in, and another while you sign in with Google; your choice of language and colours; and that our typefaces have come. There is no advertising, and nobody follows what you do here.' },
    { title: 'What is yours to decide', text: 'You can take along all that is kept of you, and close your account. Then what tells who you are is deleted; payments stay without your name.' },
    { title: 'Who is responsible', text: 'The clinic whose name stands on your receipts. Please ask there for anything that is not answered here.' },
  ],
  ways: { data: 'Your data' },
}
