import { sql } from 'drizzle-orm';
import { check, index, text } from 'drizzle-orm/pg-core';
import { belongsTo, day } from '../../store/columns.ts';
import { impersonal } from '../../store/free-text.ts';
import { code, recordTables } from '../record-table.ts';

const table = recordTables('cooperation');

/** Shanghai offices of other provinces (dossier §3.15 LiaisonOffice); published. */
export const liaisonOffices = table(
  'liaison_offices',
  {
    province: text('province').notNull(),
    name: text('name').notNull().unique(),
    addressRoad: text('address_road'),
    addressLane: text('address_lane'),
    addressBuilding: text('address_building'),
    addressRoom: text('address_room'),
    // An office may have its seat outside the district: then neither code is one of ours.
    addressNeighbourhoodCode: text('address_neighbourhood_code'),
    addressSubdistrictCode: text('address_subdistrict_code'),
    phone: text('phone'),
  },
  (t) => [
    check(
      'liaison_offices_province_form',
      sql`${t.province} ~ '^[0-9]{2}0000$' and ${t.province} <> '310000'`,
    ),
    index('liaison_offices_province').on(t.province, t.id),
  ],
);

/** Officials of these offices (dossier §3.15 LiaisonContact). */
export const liaisonContacts = table(
  'liaison_contacts',
  {
    officeId: belongsTo('office_id', () => liaisonOffices.id),
    name: text('name').notNull(),
    duty: text('duty'),
    phone: text('phone'),
  },
  (t) => [
    // An official's telephone is the office's: a mobile number would be a private one.
    check('liaison_contacts_office_phone', sql`${t.phone} !~ '^1[3-9][0-9]{9}$'`),
    index('liaison_contacts_office').on(t.officeId, t.id),
    index('liaison_contacts_name').on(t.name, t.id),
  ],
);

/** Matters with other provinces (dossier §3.15 LiaisonMatter): no data about persons. */
export const liaisonMatters = table(
  'liaison_matters',
  {
    officeId: belongsTo('office_id', () => liaisonOffices.id),
    subject: text('subject').notNull(),
    openedOn: day('opened_on').notNull(),
    status: code('status', 'MatterStatus').notNull().default('OPEN'),
  },
  (t) => [
    check('liaison_matters_subject_impersonal', impersonal(t.subject)),
    index('liaison_matters_office').on(t.officeId, t.id),
    index('liaison_matters_opened').on(t.openedOn, t.id),
  ],
);
