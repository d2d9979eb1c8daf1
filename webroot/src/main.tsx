import { render } from 'preact';
import { Account } from './access/account';
import { Entrance } from './access/Entrance';
import { DeskProvider } from './desk/context';
import { Desk } from './desk/desk';
import './desk/theme';
import { App } from './App';
import './styles/tokens.css';
import './styles/base.css';
import './styles/frame.css';

const account = new Account();
const desk = new Desk(location.origin, account);

render(
  <Entrance account={account}>
    <DeskProvider value={desk}>
      <App />
    </DeskProvider>
  </Entrance>,
  document.getElementById('desk') as HTMLElement,
);
