import { expect, test } from 'vitest';
import type { RiskLimits } from '../api/settings';
import { formOf, limitsOf } from './limits';

const ALL: RiskLimits = {
  order_notional: '2500.50',
  position_notional: '9000',
  strategy_notional: '4000',
  leverage: '0.8',
  open_orders: 3,
  orders_per_minute: 60,
  collar_percent: '2',
  daily_loss: { limit: '500', action: 'close' },
  drawdown_percent: { limit: '12.5', action: 'block' },
  losing_streak: { losses: 4, minutes: 30, action: 'cancel' },
};

test('limits come back from the form as they went in', () => {
  expect(limitsOf(formOf(ALL))).toEqual(ALL);
});

test('an empty number is a limit that does not hold', () => {
  expect(limitsOf(formOf({}))).toEqual({});
  expect(limitsOf({ ...formOf(ALL), leverage: ' ', daily_loss: '', losing_streak: '' })).toEqual(
    (({ leverage: _l, daily_loss: _d, losing_streak: _s, ...rest }) => rest)(ALL),
  );
});
