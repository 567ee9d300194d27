import { Link, useLocation } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, ReactNode } from 'react'

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The page from which a visit was opened, with its search: the way back leads there, after a reload too. */
    from?: string
  }
}

type Props = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> & { id: string; hash?: string; children: ReactNode }

/** To a visit's page, as its doctor sees it. */
export function VisitLink({ id, ...rest }: Props) {
  const from = useLocation({ select: ({ pathname, searchStr }) => pathname + searchStr })
  return <Link {...rest} to="/visits/$appointmentId" params={{ appointmentId: id }} state={{ from }} />
}
