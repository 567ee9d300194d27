/** The pages that people come to first: their scripts are weighed, and named in the page that the server sends for them. */
export const MAIN = 'src/main.tsx'
export const DRAWN = 'src/app/drawn.tsx'
export const START = 'src/app/start.tsx'

export const FIRST_PAGES = [
  { name: 'landing', path: '/', pattern: '/', module: 'src/features/landing/LandingPage.tsx' },
  { name: 'find', path: '/doctors', pattern: '/doctors', module: 'src/features/find/FindPage.tsx' },
  { name: 'doctor', path: '/doctors/00000000-0000-0000-0000-000000000000', pattern: '/doctors/[0-9a-fA-F-]{36}', module: 'src/features/doctor/DoctorPage.tsx' },
] as const

/** A doctor's page for the server to fill in the name, where it knows it: {{name}} stands where that belongs. */
export const INTRODUCED = { name: 'introduced', path: '/doctors/11111111-1111-1111-1111-111111111111', of: 'doctor', module: 'src/features/doctor/DoctorPage.tsx' } as const

export const LANGUAGES = ['en', 'de'] as const

export const wordsOf = (language: string) => `src/shared/text/${language}/first.ts`
