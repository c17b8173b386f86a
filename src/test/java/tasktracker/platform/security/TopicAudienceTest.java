package tasktracker.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.GET;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tasktracker.knowledge.review.AtomsPage;
import tasktracker.knowledge.review.AtomsResource;
import tasktracker.knowledge.review.KnowledgeResource;
import tasktracker.knowledge.review.TopicsResource;
import tasktracker.knowledge.review.VersionsResource;
import tasktracker.message.feed.MessagesResource;
import tasktracker.llm.provider.ProvidersPage;
import tasktracker.llm.provider.ProvidersResource;
import tasktracker.ops.JobsPage;
import tasktracker.ops.JobsResource;
import tasktracker.ops.check.SystemPage;
import tasktracker.ops.check.SystemResource;
import tasktracker.platform.live.LiveTopic;
import tasktracker.platform.security.access.AccessRule;
import tasktracker.platform.security.access.SocketAuthorizer;
import tasktracker.project.ProjectsPage;
import tasktracker.project.ProjectsResource;
import tasktracker.scoring.noise.NoisePage;
import tasktracker.scoring.noise.NoiseResource;
import tasktracker.source.ImportsResource;
import tasktracker.task.review.AnalysisPage;
import tasktracker.task.review.AnalysisResource;
import tasktracker.task.review.ProposalsPage;
import tasktracker.task.review.ProposalsResource;
import tasktracker.task.review.TasksPage;
import tasktracker.task.review.TasksResource;

/** A topic has the same audience as the resources of its data. */
class TopicAudienceTest {

  /** What tells over HTTP of the things that a topic tells of. */
  private static final Map<LiveTopic, List<Class<?>>> ASKED_FOR = Map.ofEntries(
      Map.entry(LiveTopic.MESSAGES, List.of(MessagesResource.class, ImportsResource.class)),
      Map.entry(LiveTopic.NOISE_FILTERING, List.of(NoiseResource.class, NoisePage.class)),
      Map.entry(LiveTopic.KNOWLEDGE, List.of(TopicsResource.class, AtomsResource.class, KnowledgeResource.class, AtomsPage.class)),
      Map.entry(LiveTopic.VERSIONS, List.of(VersionsResource.class)),
      Map.entry(LiveTopic.PROJECTS, List.of(ProjectsResource.class, ProjectsPage.class)),
      Map.entry(LiveTopic.ANALYSIS, List.of(AnalysisResource.class, AnalysisPage.class)),
      Map.entry(LiveTopic.PROPOSALS, List.of(ProposalsResource.class, ProposalsPage.class)),
      Map.entry(LiveTopic.TASKS, List.of(TasksResource.class, TasksPage.class)),
      Map.entry(LiveTopic.JOBS, List.of(JobsResource.class, JobsPage.class)),
      Map.entry(LiveTopic.PROVIDERS, List.of(ProvidersResource.class, ProvidersPage.class)),
      Map.entry(LiveTopic.SYSTEM, List.of(SystemResource.class, SystemPage.class)));

  /** Of what this product does not have yet; what it does will be above. */
  private static final Map<LiveTopic, Role> NOT_YET = Map.of(LiveTopic.AGENTS, Role.REVIEWER,
      LiveTopic.EXPERIMENTS, Role.READER);

  @ParameterizedTest
  @EnumSource(LiveTopic.class)
  void theAudienceOfATopicMatchesItsResources(LiveTopic topic) {
    Role heard = SocketAuthorizer.leastRole(topic.audience());
    Stream<Role> asked = ASKED_FOR.getOrDefault(topic, List.of()).stream().map(TopicAudienceTest::roleToRead);
    assertThat(ASKED_FOR.containsKey(topic) ? asked : Stream.of(NOT_YET.get(topic))).isNotEmpty().containsOnly(heard);
  }

  /** The least that any of its methods asks of a reader. */
  private static Role roleToRead(Class<?> resource) {
    return Arrays.stream(resource.getDeclaredMethods()).filter(method -> method.isAnnotationPresent(GET.class))
        .map(method -> AccessRule.of(method, resource).role()).min(Role::compareTo).orElseThrow();
  }

  @Test
  void everyTopicHasResources() {
    assertThat(Arrays.stream(LiveTopic.Event.values()).map(LiveTopic.Event::topic)).allMatch(Set.copyOf(ASKED_FOR.keySet())::contains);
  }
}
