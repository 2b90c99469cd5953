package dev.larder.showcase.simlane.cache;

import dev.larder.showcase.simlane.domain.ClubLine;
import dev.larder.showcase.simlane.domain.ClubStats;
import dev.larder.showcase.simlane.domain.EventLine;
import dev.larder.showcase.simlane.domain.MemberLine;
import dev.larder.showcase.simlane.domain.Role;
import dev.larder.showcase.simlane.domain.Team;
import dev.larder.showcase.simlane.source.ClubSource;
import dev.larder.spring.annotation.Cached;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Clubs, their members and teams. */
@Component
public class ClubQueries {
  private final ClubSource source;

  ClubQueries(ClubSource source) {
    this.source = source;
  }

  /** Clubs do not change here. */
  @Cached(cache = "club", key = "#club", ttl = "1h")
  public Optional<ClubLine> club(long club) {
    return source.club(club);
  }

  @Cached(cache = "clubs_list", key = "#page", ttl = "15m")
  public List<ClubLine> clubs(int page) {
    return source.clubs(page);
  }

  @Cached(
      cache = "user_clubs",
      key = "#user",
      ttl = "10m",
      tags = Tags.USER + "#{#user}" + Tags.CLUBS)
  public List<ClubLine> clubsOf(long user) {
    return source.clubsOf(user);
  }

  @Cached(
      cache = "club_members",
      key = "#club",
      ttl = "5m",
      tags = Tags.CLUB + "#{#club}" + Tags.MEMBERS)
  public List<MemberLine> members(long club) {
    return source.members(club);
  }

  @Cached(
      cache = "member_role",
      key = "{#club, #user}",
      ttl = "10m",
      tags = Tags.USER + "#{#user}" + Tags.CLUBS)
  public Role role(long club, long user) {
    return source.role(club, user);
  }

  @Cached(
      cache = "club_stats",
      key = "#club",
      ttl = "1h",
      tags = Tags.CLUB + "#{#club}" + Tags.STATS)
  public ClubStats stats(long club) {
    return source.stats(club);
  }

  @Cached(
      cache = "club_teams",
      key = "#club",
      ttl = "10m",
      tags = Tags.CLUB + "#{#club}" + Tags.TEAMS)
  public List<Team> teams(long club) {
    return source.teams(club);
  }

  @Cached(
      cache = "club_events",
      key = "#club",
      ttl = "10m",
      tags = Tags.CLUB + "#{#club}" + Tags.EVENTS)
  public List<EventLine> events(long club) {
    return source.events(club);
  }
}
