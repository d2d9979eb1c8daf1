import { useDesk } from '../desk/context';
import { AppearancePanel } from './AppearancePanel';
import { AuditPanel } from './AuditPanel';
import { LimitsPanel } from './LimitsPanel';
import { TokensPanel } from './TokensPanel';
import { UsersPanel } from './UsersPanel';
import './settings.css';

/** How the console looks, which programs may come in, and, to an admin, who may and who did what. */
export function SettingsPage({ shown }: { shown: boolean }) {
  const { account } = useDesk();
  const isAdmin = account.may('admin');
  return (
    <main class="settings-page">
      <AppearancePanel />
      <LimitsPanel shown={shown} />
      <TokensPanel shown={shown} />
      {isAdmin && <UsersPanel shown={shown} />}
      {isAdmin && <AuditPanel shown={shown} />}
    </main>
  );
}
