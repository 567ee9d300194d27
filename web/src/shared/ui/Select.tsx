import { IconChevronDown } from '@tabler/icons-react'
import { useId, type SelectHTMLAttributes } from 'react'
import { classes } from './classes'
import styles from './fields.module.css'

type Props = Omit<SelectHTMLAttributes<HTMLSelectElement>, 'children'> & { label?: string; options: readonly { value: string; label: string }[] }

/** The browser's own list to choose from. */
export function Select({ label, options, className, ...rest }: Props) {
  const id = useId()
  return (
    <div className={className}>
      {label && <label htmlFor={id}>{label}</label>}
      <div className={styles.box}>
        <select id={id} {...rest} className={classes(styles.input, styles.select)}>
          {options.map(({ value, label: said }) => (
            <option key={value} value={value}>
              {said}
            </option>
          ))}
        </select>
        <IconChevronDown size={20} aria-hidden="true" className={styles.arrow} />
      </div>
    </div>
  )
}
