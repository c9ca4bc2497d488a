import { parseCitizenId } from '../../src/identifiers/citizen-id.ts';
import { demoCoordinatorId } from '../../src/identity/personas.ts';
import { testDay, viewerOf } from '../support/graph.ts';
import { Desk, type Done } from './desk.ts';

export const cac = viewerOf('CAC', 'PT-CAC-015');
export const psb = viewerOf('PSB');
const reviewers = {
  EMPLOYMENT: viewerOf('LSS'),
  RESIDENCE: viewerOf('HLR'),
  CERTIFICATE: viewerOf('SUB', 'PT-SUB-015'),
} as const;

export const decision = {
  legalBasis: '《上海市居住证暂行规定》第七条',
  reasons: '示例:居住证明与实际不符',
  decidedBy: 'PT-PSB',
  remedyNotice: '可在六十日内申请行政复议,或在三个月内提起行政诉讼',
};

interface Opinion {
  readonly id: string;
  readonly kind: string;
  readonly author_unit: string;
  readonly result: string;
  readonly window_closed_on: string | null;
}

/** The windows and departments through which an application goes. */
export class PermitDesk {
  readonly desk: Desk;
  readonly #free: { readonly id: string; readonly number: string }[];

  private constructor(desk: Desk, free: { readonly id: string; readonly number: string }[]) {
    this.desk = desk;
    this.#free = free;
  }

  static async open(): Promise<PermitDesk> {
    const desk = await Desk.open();
    // They live in Changshou Road, have no permit, apply for none, and are one person of the register each.
    const rows = await desk.owner<{ id: string; number: string }[]>`
      select m.id, m.citizen_id_number as number from public_security.migrants m
      join public_security.residence_registrations r on r.person_id = m.id and r.status <> 'CLOSED'
      where r.subdistrict_code = '310107015' and m.citizen_id_number is not null and not r.shielded
        and not exists (select 1 from permits.residence_permits p where p.holder_id = m.id)
        and not exists (select 1 from permits.permit_applications a where a.applicant_id = m.id)
        and (select count(*) from public_security.migrants n where n.citizen_id_number = m.citizen_id_number) = 1
      order by m.id`;
    return new PermitDesk(
      desk,
      rows.filter(({ number }) => parseCitizenId(number, { asOf: testDay }).ok),
    );
  }

  /** Somebody whom no other test uses. */
  person(): { readonly id: string; readonly number: string } {
    const person = this.#free.shift();
    if (!person) throw new Error('The synthetic district has too few persons of this kind.');
    return person;
  }

  /** Somebody in a neighbourhood of the coordinator. */
  async personOfCoordinator(): Promise<string> {
    const [found] = await this.desk
      .owner`select r.person_id as id from public_security.residence_registrations r
      join access.areas a on a.neighbourhood_code = r.neighbourhood_code and a.holder = ${demoCoordinatorId}
      where r.person_id = any(${this.#free.map(({ id }) => id)}::uuid[]) order by r.person_id limit 1`;
    this.#free.splice(
      this.#free.findIndex(({ id }) => id === found!.id),
      1,
    );
    return found!.id;
  }

  create(number: string, fields: object = {}): Promise<Done> {
    return this.desk.make(cac, 'createPermitApplication', 'PermitApplication', {
      applicantCitizenIdNumber: number,
      permitType: 'EMPLOYMENT',
      action: 'NEW',
      ...fields,
    });
  }

  /** @throws unless it has happened */
  async must(doing: Promise<Done>): Promise<string> {
    const done = await doing;
    if (!done.committed) throw new Error([...done.refused, ...done.messages].join('\n'));
    return done.id ?? '';
  }

  application(viewer: typeof cac, mutation: string, id: string, fields: object = {}): Promise<Done> {
    return this.desk.change(viewer, mutation, 'PermitApplication', id, fields);
  }

  state = async (id: string): Promise<string> => (await this.desk.row('PermitApplication', id)).status;

  materials = (id: string) =>
    this.desk.owner<
      { id: string; kind: string; state: string }[]
    >`select id, kind, state from permits.application_materials where application_id = ${id} order by id`;

  opinions = (id: string) =>
    this.desk.owner<
      Opinion[]
    >`select id, kind, author_unit, result, window_closed_on::text from permits.department_opinions where application_id = ${id} order by kind`;

  /** Takes in everything that is listed. */
  async takeMaterials(id: string): Promise<void> {
    for (const { id: material, state } of await this.materials(id))
      if (state === 'REQUIRED' || state === 'DEFICIENT')
        await this.must(this.desk.change(cac, 'receiveMaterial', 'ApplicationMaterial', material));
  }

  /** From the counter to the departments. */
  async accepted(number: string, fields: object = {}): Promise<string> {
    const id = await this.must(this.create(number, fields));
    await this.takeMaterials(id);
    await this.must(this.application(cac, 'submitPermitApplication', id));
    await this.must(this.application(cac, 'acceptPermitApplication', id));
    return id;
  }

  /** Who gives an opinion. */
  author = ({ kind, author_unit }: Opinion) =>
    kind === 'ONSITE' ? viewerOf('STN', author_unit) : reviewers[kind as keyof typeof reviewers];

  /** Every department gives its opinion: it supports, but for those that are named. */
  async review(id: string, against: readonly string[] = []): Promise<void> {
    for (const opinion of await this.opinions(id)) {
      if (opinion.result !== 'PENDING') continue;
      const fields = against.includes(opinion.kind)
        ? { event: 'OPPOSE', reason: '示例:不符合条件' }
        : { event: 'SUPPORT' };
      await this.must(
        this.desk.change(this.author(opinion), 'giveOpinion', 'DepartmentOpinion', opinion.id, fields),
      );
    }
  }

  /** From the decision to the holder's hand. */
  async handedOver(id: string): Promise<void> {
    await this.must(this.application(psb, 'decidePermit', id, { event: 'APPROVE' }));
    await this.must(this.application(psb, 'produceCard', id, { event: 'PRODUCE_CARD' }));
    await this.must(this.application(cac, 'produceCard', id, { event: 'RECEIVE_CARD' }));
    await this.must(this.application(cac, 'handOverPermit', id));
  }

  permits = (holder: string) =>
    this.desk.owner<
      { id: string; status: string; valid_from: string; valid_to: string; registered_dwelling_id: string }[]
    >`select id, status, valid_from::text, valid_to::text, registered_dwelling_id from permits.residence_permits where holder_id = ${holder} order by created_at, id`;

  history = async (permit: string): Promise<string[]> =>
    (
      await this.desk
        .owner`select kind, reason from permits.permit_events where permit_id = ${permit} order by occurred_at, id`
    ).map(({ kind, reason }) => (reason === null ? kind : `${kind} ${reason}`));

  /** A person with a permit of this day. */
  async holder(): Promise<{ readonly person: string; readonly number: string; readonly permit: string }> {
    const { id: person, number } = this.person();
    const id = await this.accepted(number);
    await this.review(id);
    await this.handedOver(id);
    const [permit] = await this.permits(person);
    return { person, number, permit: permit!.id };
  }
}
