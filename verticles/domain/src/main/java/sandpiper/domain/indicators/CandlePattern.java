package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Shapes of one to four candles. O(1) a bar. All agree with TA-Lib, exactly.
///
/// Source: Steve Nison, Japanese Candlestick Charting Techniques (1991); conditions as in TA-Lib.
enum CandlePattern {
  ENGULFING("Engulfing", 3) {
    @Override
    int signal(Candles c) {
      return c.engulfs(0) ? c.colour(0) : 0;
    }
  },
  DOJI("Doji", 11) {
    @Override
    int signal(Candles c) {
      return isDoji(c) ? 1 : 0;
    }
  },
  DRAGONFLY_DOJI("Dragonfly doji", 11) {
    @Override
    int signal(Candles c) {
      return isDoji(c) && c.noUpperShadow(0) && c.lowerShadow(0) > c.narrow(0) ? 1 : 0;
    }
  },
  GRAVESTONE_DOJI("Gravestone doji", 11) {
    @Override
    int signal(Candles c) {
      return isDoji(c) && c.noLowerShadow(0) && c.upperShadow(0) > c.narrow(0) ? 1 : 0;
    }
  },
  MARUBOZU("Marubozu", 11) {
    @Override
    int signal(Candles c) {
      return c.longBody(0) && c.noUpperShadow(0) && c.noLowerShadow(0) ? c.colour(0) : 0;
    }
  },
  SPINNING_TOP("Spinning top", 11) {
    @Override
    int signal(Candles c) {
      boolean between = c.upperShadow(0) > c.body(0) && c.lowerShadow(0) > c.body(0);
      return c.body(0) < c.usualBody(0) && between ? c.colour(0) : 0;
    }
  },
  HAMMER("Hammer", 12) {
    @Override
    int signal(Candles c) {
      return standsOnShadow(c) && c.bodyBottom(0) <= c.low(1) + c.near(1) ? 1 : 0;
    }
  },
  HANGING_MAN("Hanging man", 12) {
    @Override
    int signal(Candles c) {
      return standsOnShadow(c) && c.bodyBottom(0) >= c.high(1) - c.near(1) ? -1 : 0;
    }
  },
  INVERTED_HAMMER("Inverted hammer", 12) {
    @Override
    int signal(Candles c) {
      return hangsFromShadow(c) && c.gapDown(0) ? 1 : 0;
    }
  },
  SHOOTING_STAR("Shooting star", 12) {
    @Override
    int signal(Candles c) {
      return hangsFromShadow(c) && c.gapUp(0) ? -1 : 0;
    }
  },
  HARAMI("Harami", 12) {
    @Override
    int signal(Candles c) {
      return c.longBody(1) && !c.longBody(0) && c.inside(0) ? -c.colour(1) : 0;
    }
  },
  PIERCING("Piercing line", 12) {
    @Override
    int signal(Candles c) {
      return !c.white(1)
              && c.white(0)
              && c.longBody(1)
              && c.longBody(0)
              && c.open(0) < c.low(1)
              && c.close(0) < c.open(1)
              && c.close(0) > c.close(1) + c.body(1) * 0.5
          ? 1
          : 0;
    }
  },
  DARK_CLOUD_COVER("Dark cloud cover", 12) {
    @Override
    int signal(Candles c) {
      return c.white(1)
              && !c.white(0)
              && c.longBody(1)
              && c.open(0) > c.high(1)
              && c.close(0) > c.open(1)
              && c.close(0) < c.close(1) - c.body(1) * 0.5
          ? -1
          : 0;
    }
  },
  MORNING_STAR("Morning star", 13) {
    @Override
    int signal(Candles c) {
      return star(c)
              && !c.white(2)
              && c.gapDown(1)
              && c.white(0)
              && c.close(0) > c.close(2) + c.body(2) * 0.3
          ? 1
          : 0;
    }
  },
  EVENING_STAR("Evening star", 13) {
    @Override
    int signal(Candles c) {
      return star(c)
              && c.white(2)
              && c.gapUp(1)
              && !c.white(0)
              && c.close(0) < c.close(2) - c.body(2) * 0.3
          ? -1
          : 0;
    }
  },
  THREE_WHITE_SOLDIERS("Three white soldiers", 13) {
    @Override
    int signal(Candles c) {
      return marches(c, 2)
              && marches(c, 1)
              && marches(c, 0)
              && c.longBody(0)
              && advances(c, 1)
              && advances(c, 0)
          ? 1
          : 0;
    }

    private boolean marches(Candles c, int ago) {
      return c.white(ago) && c.noUpperShadow(ago);
    }

    private boolean advances(Candles c, int ago) {
      return c.close(ago) > c.close(ago + 1)
          && c.open(ago) > c.open(ago + 1)
          && c.open(ago) <= c.close(ago + 1) + c.near(ago + 1)
          && c.body(ago) > c.body(ago + 1) - c.far(ago + 1);
    }
  },
  THREE_BLACK_CROWS("Three black crows", 14) {
    @Override
    int signal(Candles c) {
      return c.white(3)
              && c.high(3) > c.close(2)
              && falls(c, 2)
              && falls(c, 1)
              && falls(c, 0)
              && follows(c, 1)
              && follows(c, 0)
          ? -1
          : 0;
    }

    private boolean falls(Candles c, int ago) {
      return !c.white(ago) && c.noLowerShadow(ago);
    }

    private boolean follows(Candles c, int ago) {
      return c.open(ago) < c.open(ago + 1)
          && c.open(ago) > c.close(ago + 1)
          && c.close(ago) < c.close(ago + 1);
    }
  },
  THREE_INSIDE("Three inside up or down", 13) {
    @Override
    int signal(Candles c) {
      boolean inside = c.longBody(2) && !c.longBody(1) && c.inside(1);
      boolean confirmed =
          c.white(2) ? !c.white(0) && c.close(0) < c.open(2) : c.white(0) && c.close(0) > c.open(2);
      return inside && confirmed ? -c.colour(2) : 0;
    }
  },
  THREE_OUTSIDE("Three outside up or down", 4) {
    @Override
    int signal(Candles c) {
      boolean confirmed = c.white(1) ? c.close(0) > c.close(1) : c.close(0) < c.close(1);
      return c.engulfs(1) && confirmed ? c.colour(1) : 0;
    }
  };

  private final String title;
  private final int warmUp;

  CandlePattern(String title, int warmUp) {
    this.title = title;
    this.warmUp = warmUp;
  }

  String title() {
    return title;
  }

  /// Number of the bar with the first value.
  int warmUp() {
    return warmUp;
  }

  /// 1 where a bullish one ends, -1 a bearish one, else 0; one that is neither counts as bullish.
  abstract int signal(Candles c);

  Indicator.OfBars create() {
    return new Watch(this);
  }

  private static boolean isDoji(Candles c) {
    return c.body(0) <= c.narrow(0);
  }

  private static boolean standsOnShadow(Candles c) {
    return c.body(0) < c.usualBody(0) && c.lowerShadow(0) > c.body(0) && c.noUpperShadow(0);
  }

  private static boolean hangsFromShadow(Candles c) {
    return c.body(0) < c.usualBody(0) && c.upperShadow(0) > c.body(0) && c.noLowerShadow(0);
  }

  private static boolean star(Candles c) {
    return c.longBody(2) && !c.longBody(1) && c.longBody(0);
  }

  private static final class Watch implements Indicator.OfBars {
    private final CandlePattern pattern;
    private final Candles candles = new Candles();
    private int bars;
    private double value = Double.NaN;

    Watch(CandlePattern pattern) {
      this.pattern = pattern;
    }

    @Override
    public void update(Bar bar) {
      candles.add(bar);
      if (bars < pattern.warmUp) {
        bars++;
      }
      if (bars == pattern.warmUp) {
        value = 100 * pattern.signal(candles);
      }
    }

    @Override
    public double value(int output) {
      return value;
    }

    @Override
    public void state(Snapshot snapshot) {
      candles.state(snapshot);
      bars = snapshot.whole(bars);
      value = snapshot.number(value);
    }
  }
}
