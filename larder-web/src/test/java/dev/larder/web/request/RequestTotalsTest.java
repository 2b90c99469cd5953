package dev.larder.web.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.CacheTier;
import dev.larder.stats.RequestStats;
import dev.larder.stats.RouteStats;
import org.junit.jupiter.api.Test;

class RequestTotalsTest {

  @Test
  void patternsWithoutEnd_areBounded_andNoRequestIsLost() {
    RequestTotals totals = new RequestTotals();
    for (int i = 0; i < 10_000; i++) {
      RequestFigures figures = new RequestFigures();
      figures.answered(CacheTier.L1, false);
      figures.end();
      totals.add("GET /random/" + i, figures);
    }
    assertThat(totals.stats()).hasSizeLessThanOrEqualTo(RequestTotals.MOST_ROUTES + 1);
    assertThat(totals.stats().stream().mapToLong(RequestStats::l1Hits).sum()).isEqualTo(10_000);
    assertThat(totals.stats())
        .anySatisfy(other -> assertThat(other.route()).isEqualTo(RouteStats.OTHERS));
  }

  @Test
  void afterItsEnd_nothingIsAdded() {
    RequestFigures figures = new RequestFigures();
    figures.answered(null, false);
    figures.end();
    figures.answered(CacheTier.L2, true);
    figures.loaded(1_000);
    figures.looked(1_000);
    assertThat(figures.misses()).isEqualTo(1);
    assertThat(figures.hits()).isZero();
    assertThat(figures.loads()).isZero();
    assertThat(figures.lookNanos()).isZero();
  }
}
