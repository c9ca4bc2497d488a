import './console.css';
import { createRoot } from 'react-dom/client';
import { App, loadWorkbench } from './app.tsx';

createRoot(document.getElementById('root')!).render(<App />);

// The editor comes while the reader still looks at the page, so that signing in shows it at once.
window.requestIdleCallback?.(() => void loadWorkbench(), { timeout: 1000 });
