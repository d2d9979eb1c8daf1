import { batch, effect, signal } from '@preact/signals';
import type { Settings, SettingsApi } from '../api/settings';
import { choosePalette, chooseTheme, palette, themeChoice } from './theme';
import { chooseTimeZone, timeZone } from './timeZone';

/** Whether cancelling a single order asks first. */
export const confirmCancel = signal(false);

/** Keeps what a user chooses on the platform, so that every browser of theirs has it. */
export class Preferences {
  /** As the platform has them; null before it said. */
  private kept: Settings | null = null;

  constructor(
    private readonly api: SettingsApi,
    private readonly onProblem: (text: string) => void,
  ) {
    effect(() => void this.keep(chosen()));
  }

  async load(): Promise<void> {
    try {
      const settings = await this.api.get();
      this.kept = settings;
      batch(() => {
        chooseTheme(settings.theme);
        choosePalette(settings.palette);
        chooseTimeZone(settings.time_zone);
        confirmCancel.value = settings.confirm_cancel;
      });
    } catch (problem) {
      this.onProblem(`Your settings could not be read: ${textOf(problem)}`);
    }
  }

  private async keep(settings: Settings): Promise<void> {
    if (this.kept === null || same(this.kept, settings)) return;
    this.kept = settings;
    try {
      await this.api.save(settings);
    } catch (problem) {
      this.onProblem(`Your settings are kept in this browser only: ${textOf(problem)}`);
    }
  }
}

const chosen = (): Settings => ({
  theme: themeChoice.value,
  palette: palette.value,
  time_zone: timeZone.value,
  confirm_cancel: confirmCancel.value,
});

const same = (one: Settings, other: Settings): boolean =>
  one.theme === other.theme &&
  one.palette === other.palette &&
  one.time_zone === other.time_zone &&
  one.confirm_cancel === other.confirm_cancel;

const textOf = (problem: unknown): string => (problem instanceof Error ? problem.message : String(problem));
