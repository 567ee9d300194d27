import { loadOtherWords, loadWords } from '@/shared/text/load'

await Promise.all([loadWords(), loadOtherWords()])
