import type { Dependant } from '@/shared/api/dependants'
import { words } from '@/shared/text'
import { dayDate } from '@/shared/time'
import { Avatar } from '@/shared/ui/Avatar'
import { Button, ButtonLink } from '@/shared/ui/Button'

const text = words.you.people

export function PersonRow({ person, onChange, onRemove }: { person: Dependant; onChange: () => void; onRemove: () => void }) {
  const { id, name, relation, birth_date: born } = person
  return (
    <li>
      <Avatar name={name} size="small" />
      <div>
        <b className="strong break">{name}</b>
        <p className="muted small">
          {text.relations[relation]}, {text.born(dayDate(born))}
        </p>
      </div>
      <div className="row wrap" style={{ gap: 4 }}>
        <ButtonLink look="quiet" size="small" to="/you/health" search={{ for: id }} aria-label={text.healthName(name)}>
          {text.health}
        </ButtonLink>
        <Button look="quiet" size="small" onClick={onChange} aria-label={text.changeName(name)}>
          {text.change}
        </Button>
        <Button look="quiet" size="small" onClick={onRemove} aria-label={text.removeName(name)}>
          {text.remove}
        </Button>
      </div>
    </li>
  )
}
