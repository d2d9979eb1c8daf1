import { render } from 'preact';
import { DeskProvider } from './desk/context';
import { Desk } from './desk/desk';
import './desk/theme';
import { App } from './App';
import './styles/tokens.css';
import './styles/base.css';
import './styles/frame.css';

const desk = new Desk(location.origin);

render(
  <DeskProvider value={desk}>
    <App />
  </DeskProvider>,
  document.getElementById('desk') as HTMLElement,
);

desk.connect();
