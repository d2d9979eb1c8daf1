import { computed, signal } from '@preact/signals';
import { changePassword, logIn, logOut, whoAmI, type Identity, type Permission } from '../api/access';
import { ApiError, onStranger } from '../api/http';

const UNAUTHENTICATED = 401;

/** Who uses the console; the only place that knows. */
export class Account {
  /** Null for a stranger. */
  readonly identity = signal<Identity | null>(null);
  /** Whether the platform has said who it is, or why it cannot. */
  readonly asking = signal<'asking' | 'known' | { error: string }>('asking');
  readonly mayTrade = computed(() => this.may('trade'));
  readonly mayEdit = computed(() => this.may('strategies'));

  constructor() {
    onStranger(() => (this.identity.value = null));
  }

  may(permission: Permission): boolean {
    return this.identity.value?.permissions.includes(permission) ?? false;
  }

  async ask(): Promise<void> {
    try {
      this.identity.value = await whoAmI();
      this.asking.value = 'known';
    } catch (problem) {
      if (problem instanceof ApiError && problem.status === UNAUTHENTICATED) {
        this.identity.value = null;
        this.asking.value = 'known';
      } else if (this.asking.peek() !== 'known') {
        this.asking.value = { error: problem instanceof Error ? problem.message : String(problem) };
      }
    }
  }

  /** @throws ApiError with the platform's reason */
  async logIn(user: string, password: string): Promise<void> {
    this.identity.value = await logIn(user, password);
  }

  /** @throws ApiError with the platform's reason */
  async logOut(): Promise<void> {
    await logOut();
    this.identity.value = null;
  }

  /** @throws ApiError with the platform's reason */
  async changePassword(current: string, password: string): Promise<void> {
    await changePassword(current, password);
    this.identity.value = await whoAmI();
  }
}
