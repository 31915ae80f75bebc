/** Of `*.inside.css`, which is for another document, the text. */
declare module '*.inside.css' {
  const text: string;
  export default text;
}

/** A stylesheet goes into the bundle beside the script. */
declare module '*.css' {}
