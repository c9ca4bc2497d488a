import { filters } from './surfaces/filters.ts';
import { defaultOrders, orders } from './surfaces/orders.ts';
import { testSurfaces } from './surfaces/surface.ts';

testSurfaces([filters, orders, defaultOrders]);
