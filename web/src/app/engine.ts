/** What all pages run on. Its file is run by itself (see bundle/chunks.ts), so that people come in between it and ours. */
export { createRoot } from 'react-dom/client'
export { createRouter } from '@tanstack/react-router'
export { QueryClient } from '@tanstack/react-query'
