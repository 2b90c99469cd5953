package dev.larder.manage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.manage.AdviceReport.Sample;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdviceReportTest {

  private static final Sample ALBUM = new Sample("album", 6_011, 900_000, "");
  private static final Sample FEED = new Sample("feed", 5_000, 900_000, "");
  private static final Sample IDLE = new Sample("idle", 0, 0, "nothing yet");
  private static final Sample LIST = new Sample("list", 0, 0, "nothing yet");

  private static String why(List<String> silent, Sample... samples) {
    return new AdviceReport(List.of(), List.of(samples), silent).whyNone();
  }

  @Test
  void noAdvice_isExplainedByWhatWasSampled() {
    assertThat(why(List.of(), ALBUM))
        .isEqualTo("Nothing to advise: 6,011 sampled lookups of album give no reason for any.");
    assertThat(why(List.of(), ALBUM, FEED))
        .isEqualTo("Nothing to advise: 11,011 sampled lookups of 2 caches give no reason for any.");
    assertThat(why(List.of(), ALBUM, IDLE, LIST))
        .isEqualTo("Nothing to advise: 6,011 sampled lookups of 1 cache give no reason for any;"
            + " too little is known of idle, list (nothing yet).");
    assertThat(why(List.of("n1", "n2")))
        .isEqualTo("Nothing to advise: no node has told what was looked up. No answer came from n1,"
            + " n2: what was looked up there is not known.");
  }

  @Test
  void oneCache_hasItsOwnAdvice_andItsOwnReason() {
    Advice advice = new Advice("album", Advice.Kind.NO_TAGS, "album: no tags", Map.of(), 6_011);
    AdviceReport all = new AdviceReport(List.of(advice), List.of(ALBUM, IDLE), List.of("n1"));
    assertThat(all.whyNone()).isEmpty();
    assertThat(all.of("")).isEqualTo(all);
    assertThat(all.of("album").advice()).containsExactly(advice);
    assertThat(all.of("idle").whyNone())
        .isEqualTo("Nothing to advise: too little is known of idle (nothing yet). No answer came"
            + " from n1: what was looked up there is not known.");
  }
}
