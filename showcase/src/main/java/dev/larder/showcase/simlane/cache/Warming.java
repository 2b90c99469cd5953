package dev.larder.showcase.simlane.cache;

import dev.larder.Larder;
import dev.larder.showcase.simlane.domain.EventLine;
import dev.larder.showcase.simlane.source.ClubSource;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Loads what is asked for most before anybody asks: the largest clubs and what belongs to them. */
@Component
public class Warming {
  private static final int CLUBS = 20;

  private final ClubSource source;
  private final ClubQueries clubs;
  private final EventQueries events;
  private final ProfileQueries profiles;
  private final Larder larder;

  Warming(
      ClubSource source,
      ClubQueries clubs,
      EventQueries events,
      ProfileQueries profiles,
      Larder larder) {
    this.source = source;
    this.clubs = clubs;
    this.events = events;
    this.profiles = profiles;
    this.larder = larder;
  }

  /** Whether there is something to load into a cache. */
  public boolean knows(String cache) {
    return larder.find(cache).isPresent()
        && (cache.equals("profiles_list") || ofClub(cache) != null);
  }

  /**
   * Warms one cache, which stays as it is where it is warm.
   *
   * @return how many entries were asked for
   */
  public int warm(String cache) {
    if (cache.equals("profiles_list")) {
      profiles.profiles("", 0);
      return 1;
    }
    LongConsumer each = ofClub(cache);
    if (each == null) {
      return 0;
    }
    List<Long> largest = source.largest(CLUBS);
    largest.forEach(each::accept);
    return largest.size();
  }

  private @Nullable LongConsumer ofClub(String cache) {
    return switch (cache) {
      case "club" -> clubs::club;
      case "club_members" -> clubs::members;
      case "club_stats" -> clubs::stats;
      case "club_teams" -> clubs::teams;
      case "club_events" -> clubs::events;
      case "event" -> club -> first(club, events::event);
      case "event_participation" -> club -> first(club, events::participants);
      case "availability_overlap" -> club -> first(club, events::overlaps);
      default -> null;
    };
  }

  private void first(long club, LongConsumer ofEvent) {
    clubs.events(club).stream().limit(1).map(EventLine::id).forEach(ofEvent::accept);
  }
}
