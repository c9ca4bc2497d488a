import type { ReactNode } from 'react';

/** A bar under the header that says what happened and offers what to do. */
export function Notice({ tone, children }: { tone: 'offer' | 'warning'; children: ReactNode }) {
  return (
    <div className={`notice notice-${tone}`} role={tone === 'warning' ? 'alert' : 'status'}>
      {children}
    </div>
  );
}
