import { useDisclosure } from '@mantine/hooks'
import { resolvePayment, type Resolution } from '@/shared/api/admin'
import type { AdminPayment } from '@/shared/api/types'
import { words } from '@/shared/text'
import { Button } from '@/shared/ui/Button'
import { Ask } from './Ask'
import { useDeed } from './useDeed'

const text = words.providers.resolve

/** The two ways out of a payment that does not agree, each with a reason. */
export function Resolve({ payment }: { payment: AdminPayment }) {
  const who = payment.visit.patient
  const [asking, ask] = useDisclosure(false)
  const [giving, give] = useDisclosure(false)
  const decide = (how: Resolution) => (reason: string, key: string) => resolvePayment(payment.id, how, reason, key)
  const asked = useDeed(decide('ask_again'), { said: () => text.asked, then: ask.close })
  const given = useDeed(decide('give_back'), { said: () => text.given, then: give.close })
  return (
    <>
      <Button look="outline" size="small" aria-label={text.askName(who)} onClick={ask.open}>
        {text.ask}
      </Button>
      {!payment.giving_back && (
        <Button look="outline" size="small" aria-label={text.backName(who)} onClick={give.open}>
          {text.back}
        </Button>
      )}
      <Ask
        opened={asking}
        onClose={ask.close}
        question={{ ...text.askAsk, reason: text.reason }}
        busy={asked.isPending}
        error={asked.error}
        onGo={(reason) => asked.mutate(reason)}
      />
      <Ask
        opened={giving}
        onClose={give.close}
        question={{ ...text.backAsk, reason: text.reason, harmful: true }}
        busy={given.isPending}
        error={given.error}
        onGo={(reason) => given.mutate(reason)}
      />
    </>
  )
}
