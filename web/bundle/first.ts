/** The pages that people come to first: their scripts are weighed, and named in the page that the server sends for them. */
export const MAIN = 'src/main.tsx'
export const START = 'src/app/start.tsx'

export const FIRST_PAGES = [
  { name: 'landing', module: 'src/features/landing/LandingPage.tsx' },
  { name: 'find', module: 'src/features/find/FindPage.tsx' },
  { name: 'doctor', module: 'src/features/doctor/DoctorPage.tsx' },
] as const
