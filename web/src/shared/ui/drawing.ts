/** Whether the page is drawn by the build, for nobody yet: without a clock, a zone or an answer of the server. */
export const drawing = typeof window === 'undefined'
