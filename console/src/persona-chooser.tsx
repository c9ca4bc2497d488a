import { groupPersonas } from './persona-groups.ts';
import type { Persona } from './server-calls.ts';
import type { Session } from './session.ts';

interface PersonaChooserProps {
  personas: Persona[];
  session: Session | null;
  onChoose(persona: Persona, unit?: string, colleague?: boolean): void;
}

/**
 * Signs in on choice. A persona that may act for several units gets a second chooser; a third says which of two persons one is,
 * for acts that need two.
 */
export function PersonaChooser({ personas, session, onChoose }: PersonaChooserProps) {
  const current = personas.find((persona) => persona.code === session?.code);
  return (
    <>
      <select
        aria-label="Sign in as (登录身份)"
        className="persona-select"
        value={current?.code ?? ''}
        onChange={(event) => {
          const chosen = personas.find((persona) => persona.code === event.target.value);
          if (chosen) onChoose(chosen);
        }}
      >
        <option value="" disabled>
          Sign in as… 选择身份
        </option>
        {groupPersonas(personas).map((group) => (
          <optgroup key={group.kind} label={`${group.label} ${group.labelZh}`}>
            {group.personas.map((persona) => (
              <option key={persona.code} value={persona.code}>
                {persona.code} {persona.titleZh} · {persona.title}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      {current && session && current.units.length > 1 && (
        <select
          aria-label="Acting unit (所代表单位)"
          className="unit-select"
          value={session.who.unit}
          onChange={(event) => onChoose(current, event.target.value, session.colleague)}
        >
          {current.units.map((unit) => (
            <option key={unit} value={unit}>
              {[unit, unit === current.unit ? current.unitName : current.unitNames?.[unit]]
                .filter(Boolean)
                .join(' · ')}
            </option>
          ))}
        </select>
      )}
      {current?.colleague && session && (
        <select
          aria-label="Person (人员)"
          className="colleague-select"
          value={session.colleague ? 'colleague' : 'self'}
          onChange={(event) => onChoose(current, session.who.unit, event.target.value === 'colleague')}
        >
          <option value="self">{current.name}</option>
          <option value="colleague">{current.colleague.name}</option>
        </select>
      )}
    </>
  );
}
