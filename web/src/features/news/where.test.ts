import { describe, expect, it } from 'vitest'
import { whereTo } from './where'

const visit = { id: 'v1', starts_at: '2027-03-29T07:30:00Z', doctor_name: 'Dr Rao', patient_name: 'Lena' }

describe('a piece of news', () => {
  it('leads a patient to the visit that it is about', () => {
    expect(whereTo({ kind: 'booked', visit }, 'patient')).toBe('/appointments/v1')
    expect(whereTo({ kind: 'feedback_request', visit }, 'patient')).toBe('/appointments/v1/feedback')
  })

  it('leads somewhere even when its visit is not told', () => {
    expect(whereTo({ kind: 'cancelled', visit: null }, 'patient')).toBe('/appointments')
    expect(whereTo({ kind: 'booked', visit: null }, 'doctor')).toBe('/today')
  })

  it('leads a doctor to the visit as well', () => {
    expect(whereTo({ kind: 'cancelled', visit }, 'doctor')).toBe('/visits/v1')
    expect(whereTo({ kind: 'feedback_received', visit }, 'doctor')).toBe('/feedback')
  })

  it('leads nobody to the pages of another kind of person', () => {
    expect(whereTo({ kind: 'welcome', visit: null }, 'doctor')).toBe('/hours')
    expect(whereTo({ kind: 'welcome', visit: null }, 'patient')).toBe('/doctors')
    expect(whereTo({ kind: 'registered', visit: null }, 'administrator')).toBe('/admin/doctors')
  })
})
