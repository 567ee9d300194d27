import { useEffect, useRef } from 'react'
import { usePerson } from '@/shared/auth'
import { words } from '@/shared/text'
import { ButtonLink } from '@/shared/ui/Button'
import { PhotoCard } from '@/shared/ui/PhotoCard'
import { Progress } from './Progress'
import styles from './register.module.css'

const text = words.register

/** The last step, which may be left out: a picture can be sent only by somebody who is registered. */
export function PictureStep() {
  const { me } = usePerson()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <div className="page form stack loose">
      <div>
        <h1 tabIndex={-1} ref={heading} className={styles.heading}>
          {text.picture.title}
        </h1>
        <p className="soft">{text.picture.lead}</p>
      </div>
      <Progress step={text.steps.length} />
      <PhotoCard />
      <ButtonLink to="/today" replace size="large" full>
        {me?.photo_url ? text.picture.go : text.picture.without}
      </ButtonLink>
    </div>
  )
}
