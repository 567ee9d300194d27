import { useForm } from '@mantine/form'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, getRouteApi, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { repeatable, useIntentKey } from '@/shared/api/intent'
import { isKind } from '@/shared/api/problem'
import { clinicQuery } from '@/shared/api/public'
import { registerDoctor, signInWithPassword } from '@/shared/api/staff'
import { signedInWith, usePerson } from '@/shared/auth'
import { homeOf } from '@/shared/auth/return'
import { words } from '@/shared/text'
import { explain, fieldErrors } from '@/shared/text/explain'
import { browserZone } from '@/shared/time'
import { Button } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { GoTo } from '@/shared/ui/GoTo'
import { focusFirstMistake } from '@/shared/ui/forms'
import { Leaving } from '@/shared/ui/Leaving'
import { usePageTitle } from '@/shared/ui/PageTitle'
import { AccountStep, PracticeStep, TimeStep } from './FormSteps'
import { PictureStep } from './PictureStep'
import { Progress } from './Progress'
import styles from './register.module.css'
import { EMPTY, STEPS, mistakesOf, registrationOf, stepOf, type RegistrationForm } from './registration'

const route = getRouteApi('/_patient/register')
const text = words.register

function useRegister(currency: string, onWrong: (fields: Record<string, string>) => void) {
  const { keyFor, settled } = useIntentKey()
  return useMutation({
    ...repeatable,
    mutationFn: async (form: RegistrationForm) => {
      const wanted = registrationOf(form, currency)
      await registerDoctor(wanted, keyFor(JSON.stringify(wanted)))
      return signInWithPassword({ email: wanted.email, password: wanted.password })
    },
    onSuccess: ({ access_token }) => {
      settled()
      signedInWith(access_token)
    },
    onError: (error) => {
      if (!isKind(error, 'offline')) settled()
      const { 'fee.amount': fee, ...fields } = fieldErrors(error)
      const wrong: Record<string, string> = fee ? { ...fields, fee } : fields
      onWrong(isKind(error, 'email-taken') ? { email: explain(error) } : wrong)
    },
  })
}

/** Registering in three steps, each with an address of its own, and then a picture for those who like. What was typed stays, forwards, backwards and after a refusal. */
export function RegisterPage() {
  usePageTitle(text.title)
  const { me } = usePerson()
  const currency = useQuery(clinicQuery).data?.currency ?? 'USD'
  const form = useForm<RegistrationForm>({ initialValues: { ...EMPTY, time_zone: browserZone() } })
  const navigate = useNavigate()
  const missing = stepOf(mistakesOf(form.values, currency))
  const step = Math.min(route.useSearch().step ?? 1, missing ?? STEPS.length)
  const heading = useStepFocus(step, Object.keys(form.errors)[0], (name) => form.getInputNode(name))
  const go = (to: number) => void navigate({ to: '/register', search: to > 1 ? { step: to } : {} })
  const mark = (wrong: Record<string, string>) => {
    form.setErrors(wrong)
    const where = stepOf(wrong)
    if (where !== null && where !== step) go(where)
    else focusFirstMistake(form)(wrong)
  }
  const register = useRegister(currency, mark)
  const unsent = form.isDirty() && !register.isSuccess
  if (me && (register.isPending || register.isSuccess)) return <PictureStep />
  if (me) return <GoTo href={homeOf(me.role)} />
  const submit = () => {
    const mistakes = mistakesOf(form.values, currency)
    const here = Object.fromEntries(Object.entries(mistakes).filter(([name]) => STEPS[step - 1]?.some((field) => field === name)))
    if (Object.keys(here).length > 0) mark(here)
    else if (step < STEPS.length) go(step + 1)
    else register.mutate(form.values)
  }
  const Fields = [AccountStep, PracticeStep, TimeStep][step - 1] ?? AccountStep
  const unmarked = register.isError && Object.keys(form.errors).length === 0
  return (
    <div className="page form stack loose">
      <Leaving dirty={unsent} within="/register" />
      <div>
        <h1>{text.title}</h1>
        <p className="soft">{text.lead}</p>
      </div>
      <Progress step={step} />
      <form
        className="card pad stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <h2 tabIndex={-1} ref={heading} className={styles.heading}>
          {text.steps[step - 1]}
        </h2>
        <Fields form={form} currency={currency} />
        {isKind(register.error, 'email-taken') && form.errors.email && (
          <p>
            {text.takenHint} <Link to="/sign-in/doctor">{text.signIn}</Link>
          </p>
        )}
        {unmarked && <Failure error={register.error} />}
        <div className={styles.buttons}>
          {step > 1 && (
            <Button look="outline" size="large" onClick={() => go(step - 1)}>
              {text.back}
            </Button>
          )}
          <Button type="submit" size="large" className="grow" busy={register.isPending || register.isSuccess}>
            {step < STEPS.length ? text.next : text.submit}
          </Button>
        </div>
      </form>
      <p className="center">
        {text.already} <Link to="/sign-in/doctor">{words.account.staff.title}</Link>
      </p>
    </div>
  )
}

/** Another step is another page to whoever hears it: its heading has the focus then, or its first mistake. Not on the first look. */
function useStepFocus(step: number, wrong: string | undefined, nodeOf: (name: string) => HTMLElement | null) {
  const heading = useRef<HTMLHeadingElement>(null)
  const shown = useRef(step)
  useEffect(() => {
    if (shown.current === step) return
    shown.current = step
    const mistaken = wrong === undefined ? null : nodeOf(wrong)
    const target = mistaken ?? heading.current
    target?.focus()
  })
  return heading
}
