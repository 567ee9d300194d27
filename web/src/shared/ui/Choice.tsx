import { useId, type HTMLAttributes } from 'react'
import styles from './Choice.module.css'

interface Props<Value extends string> {
  label: string
  options: { value: Value; text: string; lang?: HTMLAttributes<HTMLElement>['lang'] }[]
  chosen: Value
  onChoose: (value: Value) => void
}

/** A few words in a row, of which one counts. */
export function Choice<Value extends string>({ label, options, chosen, onChoose }: Props<Value>) {
  const id = useId()
  return (
    <div className={styles.choice} role="group" aria-labelledby={id}>
      <span id={id}>{label}</span>
      {options.map(({ value, text, lang }) => (
        <button key={value} type="button" lang={lang} aria-pressed={value === chosen} onClick={() => value !== chosen && onChoose(value)}>
          {text}
        </button>
      ))}
    </div>
  )
}
