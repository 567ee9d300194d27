/** A prescription while it is written: texts as they were typed. */
import type { Prescription } from '@/shared/api/types'
import type { Draft } from '@/shared/api/doctorVisits'

export interface MedicineForm {
  key: number
  name: string
  dose: string
  days: string
  instructions: string
}

export interface DraftForm {
  medicines: MedicineForm[]
  advice: string
}

export const NO_MEDICINE = { name: '', dose: '', days: '', instructions: '' }

export function formOf(written: Prescription | undefined): DraftForm {
  const medicines = written?.medicines.map((each, key) => ({ ...each, key, days: each.days === null ? '' : String(each.days) })) ?? []
  return { medicines: medicines.length > 0 ? medicines : [{ key: 0, ...NO_MEDICINE }], advice: written?.advice ?? '' }
}

const isEmpty = ({ name, dose, days, instructions }: MedicineForm) => [name, dose, days, instructions].every((text) => text.trim() === '')

export type Mistakes = Record<string, 'missing' | 'daysWrong'>

/** What keeps a draft from being shown, by field; rows that were left empty do not count. */
export function mistakesOf({ medicines }: DraftForm): Mistakes {
  const found: Mistakes = {}
  for (const medicine of medicines.filter((each) => !isEmpty(each))) {
    const { key, name, dose, days } = medicine
    if (name.trim() === '') found[`name${key}`] = 'missing'
    if (dose.trim() === '') found[`dose${key}`] = 'missing'
    if (days.trim() !== '' && !/^[1-9]\d{0,2}$/.test(days.trim())) found[`days${key}`] = 'daysWrong'
  }
  return found
}

export function draftOf({ medicines, advice }: DraftForm): Draft {
  return {
    medicines: medicines
      .filter((each) => !isEmpty(each))
      .map(({ name, dose, days, instructions }) => ({
        name: name.trim(),
        dose: dose.trim(),
        instructions: instructions.trim(),
        days: days.trim() === '' ? null : Number(days),
      })),
    advice: advice.trim(),
  }
}

export const saysNothing = ({ medicines, advice }: Draft) => medicines.length === 0 && advice === ''

export const sameForm = (one: DraftForm, other: DraftForm) => JSON.stringify(draftOf(one)) === JSON.stringify(draftOf(other))
