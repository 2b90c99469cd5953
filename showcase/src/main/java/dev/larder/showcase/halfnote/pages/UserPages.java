package dev.larder.showcase.halfnote.pages;

import dev.larder.showcase.halfnote.action.SocialActions;
import dev.larder.showcase.halfnote.domain.People;
import dev.larder.showcase.halfnote.domain.Profile;
import dev.larder.showcase.halfnote.domain.UserLists;
import dev.larder.showcase.halfnote.source.Reads;
import dev.larder.showcase.halfnote.web.ReviewLine;
import dev.larder.showcase.web.Refused;
import dev.larder.showcase.web.Viewer;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** A user's page: profile, reviews, lists, and who follows whom. */
@Controller
@RequestMapping("/users/{username}")
final class UserPages {
  private final Frame frame;
  private final SocialActions social;

  UserPages(Frame frame, SocialActions social) {
    this.frame = frame;
    this.social = social;
  }

  @GetMapping
  String reviews(
      @PathVariable String username,
      Viewer viewer,
      Reads reads,
      HttpServletRequest request,
      Model model) {
    Profile profile = head(username, "reviews", viewer, reads, request, model);
    model.addAttribute(
        "reviews", ReviewLine.of(reads, reads.userReviews(profile.person().id()).reviews()));
    return "halfnote/profile";
  }

  @GetMapping("/lists")
  String lists(
      @PathVariable String username,
      Viewer viewer,
      Reads reads,
      HttpServletRequest request,
      Model model) {
    long owner = head(username, "lists", viewer, reads, request, model).person().id();
    model.addAttribute("lists", reads.userLists(owner, UserLists.View.of(viewer.id(), owner)));
    return "halfnote/profile";
  }

  @GetMapping("/following")
  String following(
      @PathVariable String username,
      Viewer viewer,
      Reads reads,
      HttpServletRequest request,
      Model model) {
    Profile profile = head(username, "following", viewer, reads, request, model);
    return people(reads.following(profile.person().id()), model);
  }

  @GetMapping("/followers")
  String followers(
      @PathVariable String username,
      Viewer viewer,
      Reads reads,
      HttpServletRequest request,
      Model model) {
    Profile profile = head(username, "followers", viewer, reads, request, model);
    return people(reads.followers(profile.person().id()), model);
  }

  @PostMapping("/follow")
  String follow(@PathVariable String username, Viewer viewer, Reads reads) {
    social.follow(viewer.required(), profile(username, reads).person().id());
    return "redirect:/users/{username}";
  }

  @PostMapping("/unfollow")
  String unfollow(@PathVariable String username, Viewer viewer, Reads reads) {
    social.unfollow(viewer.required(), profile(username, reads).person().id());
    return "redirect:/users/{username}";
  }

  private Profile head(
      String username,
      String tab,
      Viewer viewer,
      Reads reads,
      HttpServletRequest request,
      Model model) {
    Profile profile = profile(username, reads);
    long user = profile.person().id();
    frame.fill(model, profile.person().displayName(), viewer, reads, request);
    model.addAttribute("profile", profile);
    model.addAttribute("tab", tab);
    model.addAttribute("own", viewer.id() == user);
    boolean other = viewer.isKnown() && viewer.id() != user;
    model.addAttribute("canFollow", other);
    model.addAttribute("follows", other && reads.follows(viewer.id(), user));
    return profile;
  }

  private static String people(People people, Model model) {
    model.addAttribute("people", people);
    return "halfnote/profile";
  }

  private static Profile profile(String username, Reads reads) {
    return reads.profile(username).orElseThrow(() -> Refused.notFound("user", username));
  }
}
