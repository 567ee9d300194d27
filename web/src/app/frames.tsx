/** What stands around the pages: of everybody, and of those who work here. */
import { createRootRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { NotFound } from './NotFound'
import { Root } from './Root'

export const root = createRootRoute({ component: Root, notFoundComponent: NotFound })

export const staff = createRoute({
  getParentRoute: () => root,
  id: '_staff',
  component: lazyRouteComponent(() => import('./shells/StaffShell'), 'StaffShell'),
})
