import { domainLabel, groupExamples } from './example-menu.tsx';
import { groupPersonas } from './persona-groups.ts';
import type { Example, Persona } from './server-calls.ts';

interface WelcomeProps {
  /** Undefined while they are asked for, null when this server has no demonstration issuer. */
  personas: Persona[] | null | undefined;
  examples: Example[];
  onPersona(persona: Persona): void;
  onExample(example: Example): void;
}

/** What stands in the place of the editor until somebody is signed in. */
export function Welcome({ personas, examples, onPersona, onExample }: WelcomeProps) {
  // Which of the two texts holds is known a moment later; showing one and then the other would flicker.
  if (personas === undefined) return <main className="welcome" aria-busy="true" />;
  return (
    <main className="welcome">
      <h1>
        Whose desk are you at? <span lang="zh-Hans">请选择身份</span>
      </h1>
      <p className="lead">
        {personas === null
          ? 'Nothing can be read here without signing in. Paste the bearer token of your sign-in service above; the schema and the editor appear then.'
          : 'Nothing can be read here without signing in. Choose a demonstration persona: each sees what the rules allow its department, and nothing else.'}
      </p>
      <div className="welcome-columns">
        {personas && (
          <div className="persona-groups">
            {groupPersonas(personas).map((group) => (
              <section key={group.kind} className={group.personas.length > 1 ? 'wide' : undefined}>
                <h2>
                  {group.label} <span lang="zh-Hans">{group.labelZh}</span>
                </h2>
                <ul className="persona-cards">
                  {group.personas.map((persona) => (
                    <li key={persona.code}>
                      <button type="button" title={persona.title} onClick={() => onPersona(persona)}>
                        <span className="card-code">{persona.code}</span>
                        <span className="card-title">
                          <span className="card-name">{persona.title}</span>
                          <span className="card-zh" lang="zh-Hans">
                            {persona.titleZh}
                          </span>
                        </span>
                      </button>
                    </li>
                  ))}
                </ul>
              </section>
            ))}
          </div>
        )}
        {personas && examples.length > 0 && (
          <aside>
            <h2>
              Or begin with an example <span lang="zh-Hans">示例查询</span>
            </h2>
            {groupExamples(examples).map(([domain, members]) => (
              <section key={domain}>
                <h3>{domainLabel(domain)}</h3>
                <ul className="example-list">
                  {members.map((example) => (
                    <li key={example.name}>
                      <button type="button" onClick={() => onExample(example)}>
                        {example.title}
                        <span className="card-zh" lang="zh-Hans">
                          {example.titleZh}
                          {example.as && <span className="card-as">as {example.as}</span>}
                        </span>
                      </button>
                    </li>
                  ))}
                </ul>
              </section>
            ))}
          </aside>
        )}
      </div>
    </main>
  );
}
