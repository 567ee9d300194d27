import { Link } from '@tanstack/react-router'
import { usePerson } from '@/shared/auth'
import { homeOf } from '@/shared/auth/return'
import { words } from '@/shared/text'
import { ButtonLink } from '@/shared/ui/Button'
import { Logo } from '@/shared/ui/Logo'
import { ColoursChoice, LanguageChoice } from '@/shared/ui/Preferences'
import { usePageTitle } from '@/shared/ui/PageTitle'
import { Cost } from './Cost'
import { Dial } from './Dial'
import { Doors } from './Doors'
import { HowItWorks } from './HowItWorks'
import { NextFree } from './NextFree'
import { Often } from './Often'
import { SearchForm } from './SearchForm'
import styles from './landing.module.css'

const text = words.landing
const { nav, menu, skip } = words.common

function TopBar() {
  const { me, state } = usePerson()
  return (
    <header className={styles.top}>
      <div>
        <Logo to="/" />
        <nav aria-label={menu}>
          <Link to="/doctors">{nav.find}</Link>
          <a href="#cost">{nav.cost}</a>
          <a href="#doctors">{nav.forDoctors}</a>
        </nav>
        <span className="grow" />
        {state === 'signed-out' && (
          <ButtonLink to="/sign-in" size="small" look="outline" className={styles.ghost}>
            {nav.signIn}
          </ButtonLink>
        )}
        {me && (
          <ButtonLink to={me.role === 'patient' ? '/appointments' : homeOf(me.role)} size="small" look="outline" className={styles.ghost}>
            {me.role === 'patient' ? nav.appointments : me.role === 'doctor' ? nav.today : nav.doctors}
          </ButtonLink>
        )}
      </div>
    </header>
  )
}

export function LandingPage() {
  usePageTitle(text.title)
  const { me } = usePerson()
  return (
    <>
      <a className="skip" href="#main">
        {skip}
      </a>
      <TopBar />
      <main id="main" tabIndex={-1}>
        <div className={styles.hero}>
          <div className={styles.sky}>
            <Dial />
          </div>
          <div className={styles.heroGrid}>
            <div className={styles.heroText}>
              <h1>{text.title}</h1>
              <p className={styles.lead}>{text.lead}</p>
              <SearchForm />
              <Often />
            </div>
            <NextFree />
          </div>
        </div>
        <div className={`page ${styles.below ?? ''}`}>
          <Doors />
          <HowItWorks />
          <Cost />
        </div>
      </main>
      <footer className={styles.foot}>
        <div>
          <Logo to="/" />
          <nav aria-label={words.common.footer}>
            <Link to="/doctors">{nav.find}</Link>
            {me ? (
              me.role !== 'administrator' && <Link to="/report">{text.report}</Link>
            ) : (
              <>
                <Link to="/sign-in">{text.patient}</Link>
                <Link to="/sign-in/doctor">{text.doctor}</Link>
              </>
            )}
            <Link to="/help">{words.common.about.help}</Link>
            <Link to="/accessibility">{words.common.about.accessibility}</Link>
            <Link to="/privacy">{words.common.about.privacy}</Link>
          </nav>
        </div>
        <div>
          <LanguageChoice />
          <ColoursChoice />
        </div>
      </footer>
    </>
  )
}
