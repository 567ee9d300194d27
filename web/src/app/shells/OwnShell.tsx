import { lazy } from 'react'
import { usePerson } from '@/shared/auth'
import { loadOtherWords } from '@/shared/text/load'
import { Waiting } from '../Waiting'
import { PatientShell } from './PatientShell'

const StaffShell = lazy(async () => {
  await loadOtherWords()
  return { default: (await import('./StaffShell')).StaffShell }
})

/** Around pages that everybody has: the shell of whoever is signed in. */
export function OwnShell() {
  const { me, state } = usePerson()
  if (state === 'unknown') return <Waiting />
  return me && me.role !== 'patient' ? <StaffShell /> : <PatientShell />
}
