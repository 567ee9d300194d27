/** What stands around the pages: of everybody, and of those who work here. */
import { createRootRoute, createRoute } from '@tanstack/react-router'
import { NotFound } from './NotFound'
import { Root } from './Root'
import { lazyPage } from './lazyPage'

export const root = createRootRoute({ component: Root, notFoundComponent: NotFound })

export const staff = createRoute({
  getParentRoute: () => root,
  id: '_staff',
  component: lazyPage(() => import('./shells/StaffShell'), 'StaffShell'),
})
