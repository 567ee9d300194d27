export * from './hooks'
export { refreshSession, signOut, signedInWith } from './session'
