/** Persons of the synthetic district that tests read. */
export const testSize = 2000;
export const templateName = 'laihu_template';
/** A copy that tests read: while somebody is connected to the template itself it cannot be copied. */
export const districtName = 'laihu_district';
/** The tables of every store, and nothing in them: no rows, no policy. */
export const emptyName = 'laihu_empty';
