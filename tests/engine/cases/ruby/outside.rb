# What comes from outside, and what makes it harmless.
class UsersController < ApplicationController
  def show
    User.where("name = '#{params[:name]}'")  # expect: sql-injection
    User.where('name = ?', params[:name])
    User.where(name: params[:name])
    User.order(params[:order])  # expect: sql-injection
    User.order(params[:order]) if %w[asc desc].include?(params[:order])
    User.find_by_sql("select * from users where id = #{params[:id].to_i}")
    system("ls #{params[:dir]}")  # expect: shell-injection
    system("ls #{Shellwords.escape(params[:dir])}")
    system('ls', '-l')
    `cat #{name_of}`
    redirect_to params[:next]  # expect: open-redirect
    send_file "files/#{params[:file]}"  # expect: path-from-request
    send_file "files/#{File.basename(params[:file])}"
    render inline: "<b>#{params[:x]}</b>"  # expect: template-injection, unescaped-html
    "<i>#{params[:x]}</i>".html_safe  # expect: unescaped-html
    "<i>#{h(params[:x])}</i>".html_safe
    Marshal.load(cookies[:user])  # expect: unsafe-deserialization
    eval(params[:code])  # expect: dynamic-code
    User.create(params[:user])  # expect: mass-assignment
    User.create(params.require(:user).permit(:name))
  end

  def update
    asked = params[:q]
    run("grep #{asked} log")
  end

  def run(command)
    exec(command)  # expect: shell-injection
  end
end
