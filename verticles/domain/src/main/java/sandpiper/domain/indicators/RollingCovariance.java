package sandpiper.domain.indicators;

/// How two series moved together over the last `period` steps.
///
/// Kept like [RollingMoments]. O(1) a step on average.
final class RollingCovariance {
  private final RollingMoments xs;
  private final RollingMoments ys;
  private final double[] meansOfX;
  private final double[] meansOfY;
  private final double[] products;
  private int next;
  private double meanOfX;
  private double meanOfY;
  private double product;
  private boolean full;

  RollingCovariance(int period) {
    xs = new RollingMoments(period);
    ys = new RollingMoments(period);
    meansOfX = new double[period];
    meansOfY = new double[period];
    products = new double[period];
  }

  void add(double x, double y) {
    xs.add(x);
    ys.add(y);
    meansOfX[next] = x;
    meansOfY[next] = y;
    join(x, y, ++next);
    if (next == products.length) {
      turn();
    }
  }

  boolean full() {
    return full;
  }

  /// Sum of the products of both distances to their means.
  double product() {
    if (!full) {
      return product;
    }
    int size = products.length;
    double weight = (double) next * (size - next) / size;
    double between = (meanOfX - meansOfX[next]) * (meanOfY - meansOfY[next]) * weight;
    return products[next] + product + between;
  }

  RollingMoments xs() {
    return xs;
  }

  RollingMoments ys() {
    return ys;
  }

  void state(Snapshot snapshot) {
    xs.state(snapshot);
    ys.state(snapshot);
    snapshot.numbers(meansOfX);
    snapshot.numbers(meansOfY);
    snapshot.numbers(products);
    next = snapshot.whole(next);
    meanOfX = snapshot.number(meanOfX);
    meanOfY = snapshot.number(meanOfY);
    product = snapshot.number(product);
    full = snapshot.flag(full);
  }

  private void join(double x, double y, int count) {
    double distance = x - meanOfX;
    meanOfX += distance / count;
    meanOfY += (y - meanOfY) / count;
    product += distance * (y - meanOfY);
  }

  private void turn() {
    clear();
    for (int i = products.length - 1; i >= 0; i--) {
      join(meansOfX[i], meansOfY[i], products.length - i);
      meansOfX[i] = meanOfX;
      meansOfY[i] = meanOfY;
      products[i] = product;
    }
    clear();
    next = 0;
    full = true;
  }

  private void clear() {
    meanOfX = 0;
    meanOfY = 0;
    product = 0;
  }
}
