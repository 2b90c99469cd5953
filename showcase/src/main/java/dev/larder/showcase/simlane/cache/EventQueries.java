package dev.larder.showcase.simlane.cache;

import dev.larder.showcase.simlane.domain.EventLine;
import dev.larder.showcase.simlane.domain.Overlap;
import dev.larder.showcase.simlane.domain.Participant;
import dev.larder.showcase.simlane.source.EventSource;
import dev.larder.spring.annotation.Cached;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Events, who takes part, and when they are free. */
@Component
public class EventQueries {
  private final EventSource source;

  EventQueries(EventSource source) {
    this.source = source;
  }

  @Cached(cache = "event", key = "#event", ttl = "10m", tags = Tags.EVENT + "#{#event}")
  public Optional<EventLine> event(long event) {
    return source.event(event);
  }

  @Cached(
      cache = "event_participation",
      key = "#event",
      ttl = "5m",
      tags = Tags.EVENT + "#{#event}" + Tags.PARTICIPATION)
  public List<Participant> participants(long event) {
    return source.participants(event);
  }

  @Cached(
      cache = "availability_overlap",
      key = "#event",
      ttl = "5m",
      tags = Tags.EVENT + "#{#event}" + Tags.PARTICIPATION)
  public List<Overlap> overlaps(long event) {
    return source.overlaps(event);
  }
}
