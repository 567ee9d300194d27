import { words } from '@/shared/text'
import { LANGUAGES, LOCALES, language, speakLanguage } from '@/shared/text/language'
import { Choice } from './Choice'
import { chooseColours, useColours } from './colours'

/** The reader's language: the page loads again in it, at the same place. Kept on this device only. */
export function LanguageChoice() {
  const options = LANGUAGES.map((value) => ({ value, text: LOCALES[value].name, lang: value }))
  return <Choice label={words.common.preferences.language} options={options} chosen={language} onChoose={speakLanguage} />
}

/** Light, dark, or as the device is set. Kept on this device only. */
export function ColoursChoice() {
  const { colours, schemes } = words.common.preferences
  const options = (['auto', 'light', 'dark'] as const).map((value) => ({ value, text: schemes[value] }))
  return <Choice label={colours} options={options} chosen={useColours()} onChoose={chooseColours} />
}
