package tasktracker.platform.job;

/** A job of the tests: something to fetch. */
@Kind("test_job")
public record TestJob(long number) implements Job {}
