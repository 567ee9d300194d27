export * from './hooks'
export { forgetSession, giveUpSession, refreshSession, signOut, signedInWith } from './session'
