package tasktracker.project;

/** All messages were classified by the present projects; fired by the job, outside of a transaction. */
public record ProjectsClassified() {}
