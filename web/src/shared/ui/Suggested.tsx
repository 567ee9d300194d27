import { useEffect, useRef } from 'react'
import { fieldName } from '@/shared/format/terms'
import { words } from '@/shared/text'
import { Avatar } from './Avatar'
import styles from './fields.module.css'

export type Choices = { name: string; doctor: { id: string; name: string; specialization: string; photo_url: string | null } | null }[]

interface Props {
  id: string
  label: string
  choices: Choices
  marked: number
  onChoose: (choice: Choices[number]) => void
}

/** The list below a search box. The focus stays in the box, so a press must not take it. */
export function Suggested({ id, label, choices, marked, onChoose }: Props) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [marked])
  const { groupSpecializations, groupDoctors } = words.find
  const groups = [
    { name: groupSpecializations, doctors: false },
    { name: groupDoctors, doctors: true },
  ].filter(({ doctors }) => choices.some(({ doctor }) => (doctor !== null) === doctors))
  return (
    <div ref={list} id={`${id}-list`} role="listbox" aria-label={label} className={styles.suggestions} onPointerDown={(event) => event.preventDefault()} tabIndex={-1}>
      {groups.map(({ name, doctors }) => (
        <div key={name} role="group" aria-labelledby={`${id}-${doctors ? 'doctors' : 'fields'}`}>
          <div id={`${id}-${doctors ? 'doctors' : 'fields'}`} className={styles.groupName} role="presentation">
            {name}
          </div>
          {choices.map((choice, index) =>
            (choice.doctor !== null) === doctors ? (
              // The keys are the box's, which has the focus.
              // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
              <div key={index} id={`${id}-${index}`} role="option" aria-selected={index === marked} className={styles.option} onClick={() => onChoose(choice)}>
                {choice.doctor ? (
                  <span className="row">
                    <Avatar name={choice.name} photo={choice.doctor.photo_url} size="tiny" />
                    <span className="grow">
                      {choice.name} <span className="muted small">{fieldName(choice.doctor.specialization)}</span>
                    </span>
                  </span>
                ) : (
                  fieldName(choice.name)
                )}
              </div>
            ) : null,
          )}
        </div>
      ))}
    </div>
  )
}
