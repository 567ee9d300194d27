import { loadWords } from '@/shared/text/load'

await loadWords('en')
