package sandpiper.app.tearsheet;

import java.util.Locale;

/// An SVG drawing with two axes. Sizes are in its own units; it grows and shrinks with the page.
final class Chart {
  private static final int LEFT = 84;
  private static final int RIGHT = 18;
  private static final int TOP = 14;
  private static final int BOTTOM = 50;

  private final int width;
  private final int height;
  private final Axis x;
  private final Axis y;
  private final StringBuilder svg = new StringBuilder();

  /// @param title read out to those who do not see it
  Chart(int width, int height, String title, Axis x, Axis y, String xLabel, String yLabel) {
    this.width = width;
    this.height = height;
    this.x = x;
    this.y = y;
    svg.append(
        "<div class=\"scroll\"><svg class=\"%s\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">"
            .formatted(width > 800 ? "wide" : "half", width, height, Words.escape(title)));
    for (var tick : y.ticks()) {
      line(LEFT, y(tick.value()), width - RIGHT, y(tick.value()), "grid");
      text(LEFT - 8, y(tick.value()) + 4, "end", "tick", tick.label());
    }
    for (var tick : x.ticks()) {
      line(x(tick.value()), height - BOTTOM, x(tick.value()), height - BOTTOM + 5, "axis");
      text(x(tick.value()), height - BOTTOM + 19, "middle", "tick", tick.label());
    }
    line(LEFT, height - BOTTOM, width - RIGHT, height - BOTTOM, "axis");
    text((LEFT + width - RIGHT) / 2.0, height - 8, "middle", "label", xLabel);
    double middle = (TOP + height - BOTTOM) / 2.0;
    svg.append(
        "<text class=\"label\" text-anchor=\"middle\" transform=\"translate(14 %s) rotate(-90)\">%s</text>"
            .formatted(round(middle), Words.escape(yLabel)));
  }

  double x(double value) {
    return x.at(value, LEFT, width - RIGHT);
  }

  double y(double value) {
    return y.at(value, height - BOTTOM, TOP);
  }

  /// Through the points in order.
  void curve(double[] xs, double[] ys, String kind) {
    svg.append("<path class=\"").append(kind).append("\" d=\"");
    points(xs, ys);
    svg.append("\"/>");
  }

  /// Between the points and the horizontal at `base`.
  void area(double[] xs, double[] ys, double base, String kind) {
    svg.append("<path class=\"").append(kind).append("\" d=\"");
    points(xs, ys);
    svg.append('L').append(round(x(xs[xs.length - 1]))).append(' ').append(round(y(base)));
    svg.append('L').append(round(x(xs[0]))).append(' ').append(round(y(base))).append("Z\"/>");
  }

  void horizontal(double value, String kind) {
    line(LEFT, y(value), width - RIGHT, y(value), kind);
  }

  void vertical(double value, String kind) {
    line(x(value), TOP, x(value), height - BOTTOM, kind);
  }

  /// A bar from the horizontal axis up.
  void bar(double from, double to, double value, String kind, String told) {
    double left = x(from) + 0.75;
    double right = x(to) - 0.75;
    svg.append(
        "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"><title>%s</title></rect>"
            .formatted(
                kind,
                round(left),
                round(y(value)),
                round(Math.max(right - left, 0.5)),
                round(y(0) - y(value)),
                Words.escape(told)));
  }

  void circle(double atX, double atY, String kind, String told) {
    svg.append(
        "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"3.4\"><title>%s</title></circle>"
            .formatted(kind, round(x(atX)), round(y(atY)), Words.escape(told)));
  }

  void triangle(double atX, double atY, String kind, String told) {
    svg.append(
        "<path class=\"%s\" d=\"M%s %sl4 -7h-8z\"><title>%s</title></path>"
            .formatted(kind, round(x(atX)), round(y(atY) + 3.5), Words.escape(told)));
  }

  /// The whole drawing.
  String svg() {
    return svg + "</svg></div>";
  }

  private void points(double[] xs, double[] ys) {
    for (int i = 0; i < xs.length; i++) {
      svg.append(i == 0 ? 'M' : 'L').append(round(x(xs[i]))).append(' ').append(round(y(ys[i])));
    }
  }

  private void line(double x1, double y1, double x2, double y2, String kind) {
    svg.append(
        "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>"
            .formatted(kind, round(x1), round(y1), round(x2), round(y2)));
  }

  private void text(double atX, double atY, String anchor, String kind, String text) {
    svg.append(
        "<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>"
            .formatted(kind, round(atX), round(atY), anchor, Words.escape(text)));
  }

  private static String round(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
