export const who = {
  label: 'Who is the visit for?',
  me: (name: string) => `Me, ${name}`,
  other: 'Somebody else…',
  visitFor: (name: string) => `For ${name}`,
  notFound: 'That person is not in your list any more. Please choose again who the visit is for.',
  failed: 'We could not load for whom you can book. For now this is for you alone.',
}
export const adding = {
  title: 'Who is it?',
  lead: 'You book, pay and get the messages. The doctor sees this name.',
  name: 'Name',
  nameMissing: 'Please type the name.',
  born: 'Date of birth',
  bornMissing: 'Please choose the date of birth.',
  relation: 'What they are to you',
  relations: { child: 'My child', parent: 'My parent', partner: 'My partner', sibling: 'My brother or sister', other: 'Somebody else I look after' },
  keep: 'Not now',
  save: 'Add and choose',
}
