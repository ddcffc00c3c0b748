// remark, set up to hold the front matter of a folder's Markdown files against a schema.
import remarkFrontmatter from "remark-frontmatter";
import remarkLintFrontmatterSchema from "remark-lint-frontmatter-schema";

const schemas = { "./schema.draft-7.json": ["./md/*.md"] };
export default { plugins: [remarkFrontmatter, [remarkLintFrontmatterSchema, { schemas }]] };
