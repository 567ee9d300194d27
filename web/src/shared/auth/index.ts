export * from './hooks'
export { forgetSession, refreshSession, signOut, signedInWith } from './session'
